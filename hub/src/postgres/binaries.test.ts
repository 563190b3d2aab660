import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBinaryPackage, prepareBinaries } from "./binaries";
import { copyBinaries } from "./binary-cache";
import { PostgresStartError } from "./postgres-start-error";
import { canEnter } from "./server-account";

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "hub-binaries-"));
});

afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

/** A package whose server is a shell script. */
async function makePackage(script: string): Promise<string> {
  const dir = join(home, "package");
  await mkdir(join(dir, "native", "bin"), { recursive: true });
  await writeFile(join(dir, "package.json"), JSON.stringify({ version: "18.4.0-beta.17" }));
  await writeFile(join(dir, "native", "bin", "postgres"), script, { mode: 0o755 });
  return dir;
}

describe("findBinaryPackage()", () => {
  const platform = process.platform;

  afterEach(() => {
    Object.defineProperty(process, "platform", { value: platform });
  });

  it("names databases of one's own as the way out on a platform without binaries", async () => {
    Object.defineProperty(process, "platform", { value: "sunos" });
    const failure = findBinaryPackage();
    await expect(failure).rejects.toBeInstanceOf(PostgresStartError);
    await expect(failure).rejects.toThrow(
      /^There is no embedded PostgreSQL for sunos-\w+ .* set the four \*_DATABASE_URL [^.]*\.$/,
    );
  });

  it("reads the major version that names the data folder", async () => {
    expect(await findBinaryPackage(await makePackage("#!/bin/sh\n"))).toMatchObject({
      version: "18.4.0-beta.17",
      major: 18,
    });
  });
});

describe("prepareBinaries()", () => {
  it("says what the system said when the programs do not run", async () => {
    const source = await findBinaryPackage(
      await makePackage("#!/bin/sh\necho 'libfoo.so.1: cannot open' >&2\nexit 127\n"),
    );
    await expect(prepareBinaries(source, [], undefined)).rejects.toThrow(
      /do not run on this system \(libfoo\.so\.1: cannot open\): set the four \*_DATABASE_URL/,
    );
  });

  it("says so when a program is made for another system", async () => {
    const source = await findBinaryPackage(await makePackage("#!/no/such/loader\n"));
    await expect(prepareBinaries(source, [], undefined)).rejects.toThrow(
      /\(spawn .*ENOENT\): set the four \*_DATABASE_URL/,
    );
  });
});

describe("copyBinaries()", () => {
  const complete = async () => undefined;

  it("copies once, for all hubs that start together, and opens the copy to every account", async () => {
    const dir = await makePackage("#!/bin/sh\n");
    await chmod(join(dir, "native"), 0o700);
    const source = await findBinaryPackage(dir);
    const cacheDir = join(home, "cache");
    await chmod(home, 0o755);
    const account = { uid: 65_534, gid: 65_534 };
    const copies = await Promise.all([1, 2, 3].map(() => copyBinaries(source, cacheDir, account, complete)));
    expect(new Set(copies).size).toBe(1);
    const entries = await readdir(cacheDir, { withFileTypes: true });
    expect(entries.map((entry) => entry.name)).toEqual([expect.stringMatching(/^postgres-18\.4\.0-beta\.17-/)]);
    expect(canEnter(join(copies[0] ?? "", "bin"), account)).toBe(true);
    expect(await readFile(join(copies[0] ?? "", "bin", "postgres"), "utf8")).toBe("#!/bin/sh\n");
  });

  it("passes over a folder that the account may not enter", async () => {
    const source = await findBinaryPackage(await makePackage("#!/bin/sh\n"));
    const failure = copyBinaries(source, join(home, "cache"), { uid: 65_533, gid: 65_533 }, complete);
    await expect(failure).rejects.toThrow("is closed to uid 65533");
    expect(await readdir(home)).toEqual(["package"]);
  });

  it("refuses a folder that others may write to", async () => {
    const source = await findBinaryPackage(await makePackage("#!/bin/sh\n"));
    const cacheDir = join(home, "cache");
    await mkdir(cacheDir);
    await chmod(cacheDir, 0o777);
    await expect(copyBinaries(source, cacheDir, undefined, complete)).rejects.toThrow("others may write to it");
  });

  it("refuses a link that leads elsewhere", async () => {
    const source = await findBinaryPackage(await makePackage("#!/bin/sh\n"));
    await mkdir(join(home, "planted"));
    await symlink(join(home, "planted"), join(home, "cache"));
    await expect(copyBinaries(source, join(home, "cache"), undefined, complete)).rejects.toThrow(
      "belongs to another user",
    );
  });
});
