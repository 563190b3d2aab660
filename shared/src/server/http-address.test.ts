import { httpAddress } from "./http-address";

describe("httpAddress()", () => {
  it.each([
    ["127.0.0.1", "http://127.0.0.1:4000"],
    ["localhost", "http://localhost:4000"],
    ["::1", "http://[::1]:4000"],
  ])("reaches %s", (host, address) => {
    expect(httpAddress(host, 4000)).toBe(address);
    expect(new URL(address).port).toBe("4000");
  });
});
