import "./global-setup";

// biome-ignore lint/style/noDefaultExport: jest asks for a default export here.
export default async function globalTeardown(): Promise<void> {
  await globalThis.allianceTestCluster?.remove();
  globalThis.allianceTestCluster = undefined;
}
