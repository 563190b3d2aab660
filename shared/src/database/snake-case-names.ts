import { DefaultNamingStrategy } from "typeorm";

function toSnakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase();
}

/** Property `ownerMember` -> column `owner_member`; class `NeedItem` -> table `need_item`. */
export class SnakeCaseNames extends DefaultNamingStrategy {
  override tableName(className: string, customName: string | undefined): string {
    return customName ?? toSnakeCase(className);
  }

  override columnName(property: string, customName: string | undefined, embeddedPrefixes: string[]): string {
    return [...embeddedPrefixes.map(toSnakeCase), customName ?? toSnakeCase(property)].join("_");
  }

  override joinColumnName(relation: string, referencedColumn: string): string {
    return `${toSnakeCase(relation)}_${toSnakeCase(referencedColumn)}`;
  }
}
