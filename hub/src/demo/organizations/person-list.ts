import { Role, ScopeKind } from "@alliance-hub/organizations/role-grant/role-grant-lists";

/** A person of the demo: the employer and what the person may do where. */
export interface ListedPerson {
  readonly employer: string;
  readonly role: Role;
  readonly scopeKind: ScopeKind;
  /** Division code, or code of the organization, project, fund or alliance. */
  readonly scope: string;
  /** The member that governs the scope and so owns the grant. */
  readonly governor: string;
  readonly hasExpired?: boolean;
}

const { DIVISION, ORGANIZATION, PROJECT, FUND, ALLIANCE: WHOLE_ALLIANCE } = ScopeKind;
const ALLIANCE = "zz-alliance";
const CITY = "zhuzhou-city";

function person(
  employer: string,
  role: Role,
  [scopeKind, scope]: readonly [ScopeKind, string],
  governor: string,
  hasExpired = false,
): ListedPerson {
  return { employer, role, scopeKind, scope, governor, hasExpired };
}

/** Two county officers, four of townships, five of villages and an administrator: twelve people. */
function staffOfCounty(
  member: string,
  villageBody: string,
  county: string,
  townships: readonly string[],
  villages: readonly string[],
): ListedPerson[] {
  return [
    person(member, Role.ORG_ADMIN, [ORGANIZATION, member], member),
    person(member, Role.COUNTY_OFFICER, [DIVISION, county], member),
    person(member, Role.COUNTY_OFFICER, [DIVISION, county], member),
    ...townships.map((code) => person(member, Role.TOWNSHIP_OFFICER, [DIVISION, code], member)),
    ...villages.map((code, index) =>
      person(index === 0 ? villageBody : member, Role.VILLAGE_OFFICER, [DIVISION, code], member),
    ),
  ];
}

/** An administrator, a caseworker, somebody for the money and a coordinator. */
function staffOfChamber(member: string, project: string): ListedPerson[] {
  return [
    person(member, Role.ORG_ADMIN, [ORGANIZATION, member], member),
    person(member, Role.ORG_CASEWORKER, [ORGANIZATION, member], member),
    person(member, Role.ORG_FINANCE, [ORGANIZATION, member], member),
    person(member, Role.PROJECT_COORDINATOR, [PROJECT, project], member),
  ];
}

/** The sixty people of the demo, with grants of every role; one waits for training, one grant is over. */
export const PERSONS: readonly ListedPerson[] = [
  person(ALLIANCE, Role.ORG_ADMIN, [ORGANIZATION, ALLIANCE], ALLIANCE),
  person(ALLIANCE, Role.ALLIANCE_SECRETARIAT, [WHOLE_ALLIANCE, ALLIANCE], ALLIANCE),
  person(ALLIANCE, Role.ALLIANCE_SECRETARIAT, [WHOLE_ALLIANCE, ALLIANCE], ALLIANCE),
  person(ALLIANCE, Role.AUDITOR, [WHOLE_ALLIANCE, ALLIANCE], ALLIANCE),
  person(ALLIANCE, Role.FUND_SUPERVISOR, [FUND, "industry-fund"], "zz-industry-fund"),
  person(ALLIANCE, Role.PROJECT_COORDINATOR, [PROJECT, "study-program"], ALLIANCE),
  person(CITY, Role.ORG_ADMIN, [ORGANIZATION, CITY], CITY),
  person(CITY, Role.CITY_OFFICER, [DIVISION, "430200"], CITY),
  person(CITY, Role.CITY_OFFICER, [DIVISION, "430200"], CITY),
  person(CITY, Role.COUNTY_OFFICER, [DIVISION, "430223"], CITY),
  person(CITY, Role.INSPECTOR, [DIVISION, "430200"], CITY),
  person(CITY, Role.INSPECTOR, [DIVISION, "430225"], "yanling-county"),
  person(CITY, Role.FUND_SUPERVISOR, [FUND, "relief-fund"], ALLIANCE),
  person(CITY, Role.PROJECT_COORDINATOR, [PROJECT, "relocation-housing"], CITY),
  ...staffOfCounty(
    "yanling-county",
    "shidu-village",
    "430225",
    ["430225102", "430225103", "430225100", "430225209"],
    ["430225102222", "430225103001", "430225100001", "430225209201", "430225101001"],
  ),
  ...staffOfCounty(
    "chaling-county",
    "hukou-village",
    "430224",
    ["430224103", "430224106", "430224112", "430224113"],
    ["430224103001", "430224106001", "430224112001", "430224113001", "430224115001"],
  ),
  ...staffOfChamber("shaoyang-chamber", "festival-condolences"),
  ...staffOfChamber("wenzhou-chamber", "employment-training"),
  ...staffOfChamber("fujian-chamber", "village-ecommerce"),
  person("datong-center", Role.ORG_ADMIN, [ORGANIZATION, "datong-center"], "datong-center"),
  person("datong-center", Role.ORG_CASEWORKER, [ORGANIZATION, "datong-center"], "datong-center"),
  person("datong-center", Role.PROJECT_COORDINATOR, [PROJECT, "major-illness"], "datong-center"),
  person("caring-volunteers", Role.ORG_ADMIN, [ORGANIZATION, "caring-volunteers"], "caring-volunteers"),
  person("caring-volunteers", Role.ORG_CASEWORKER, [ORGANIZATION, "caring-volunteers"], "caring-volunteers", true),
  person("zz-industry-fund", Role.FUND_MANAGER, [FUND, "industry-fund"], "zz-industry-fund"),
  person("zz-industry-fund", Role.PROJECT_COORDINATOR, [PROJECT, "mushroom-growing"], "zz-industry-fund"),
  person("relief-manager", Role.FUND_MANAGER, [FUND, "relief-fund"], ALLIANCE),
  person("custodian-bank", Role.FUND_CUSTODIAN, [FUND, "relief-fund"], ALLIANCE),
  person("newspaper", Role.MEDIA_OBSERVER, [WHOLE_ALLIANCE, ALLIANCE], ALLIANCE),
];
