import fc from "fast-check";
import {
  boundsOfDivision,
  countyOfDivision,
  coversDivision,
  isDivisionCode,
  levelOfDivision,
  listCoveringDivisions,
  padDivisionCode,
  stemOfDivision,
} from "./division-code";
import { isResidentId } from "./resident-id";
import { isUscc, makeUscc } from "./uscc";

describe("isUscc()", () => {
  it.each([
    "51430200MJ000000XN",
    "52430200MJ0000018K",
    "53430200MJ0000026B",
    "11430225MB0000182X",
    "91430200MA0000162A",
    "93430224MA000004XQ",
    "N2430225MF0000208D",
  ])("accepts %s", (code) => {
    expect(isUscc(code)).toBe(true);
  });

  it("accepts what makeUscc() makes and refuses any one changed character", () => {
    const body = fc.stringMatching(/^M[A-HJ-NP-RTUWXY][0-9]{6}$/);
    const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    fc.assert(
      fc.property(body, fc.nat({ max: 17 }), fc.nat({ max: 30 }), (text, place, letter) => {
        const code = makeUscc("51", "430200", text);
        expect(isUscc(code)).toBe(true);
        const other = code.slice(0, place) + alphabet.charAt(letter) + code.slice(place + 1);
        expect(isUscc(other)).toBe(other === code);
      }),
    );
  });
});

describe("isResidentId()", () => {
  it("knows the check character", () => {
    expect(isResidentId("430299199001010010")).toBe(true);
    expect(isResidentId("430299201506010024")).toBe(true);
    expect(isResidentId("430299199001010011")).toBe(false);
    expect(isResidentId("430299199013010010")).toBe(false);
  });
});

describe("division codes", () => {
  it("have a level, a stem and a twelve-digit form", () => {
    expect(["430000", "430200", "430225", "430225102", "430225102222"].map(levelOfDivision)).toEqual([
      "PROVINCE",
      "CITY",
      "COUNTY",
      "TOWNSHIP",
      "VILLAGE",
    ]);
    expect(["430000", "430200", "430225", "430225102"].map(stemOfDivision)).toEqual([
      "43",
      "4302",
      "430225",
      "430225102",
    ]);
    expect(padDivisionCode("430225102")).toBe("430225102000");
    expect(countyOfDivision("430225102222")).toBe("430225");
    expect(countyOfDivision("430200")).toBeUndefined();
  });

  it("cover what lies below them and nothing else", () => {
    expect(coversDivision("430200", "430225102222")).toBe(true);
    expect(coversDivision("430225", "430224")).toBe(false);
    expect(coversDivision("430225102222", "430225102")).toBe(false);
  });

  it("are listed upwards by listCoveringDivisions(): each covers the code, nearest first", () => {
    expect(listCoveringDivisions("430225102222")).toEqual(["430225102222", "430225102", "430225", "430200", "430000"]);
    expect(listCoveringDivisions("430225")).toEqual(["430225", "430200", "430000"]);
    expect(listCoveringDivisions("430200")).toEqual(["430200", "430000"]);
    expect(listCoveringDivisions("430000")).toEqual(["430000"]);
  });

  it("lie between the bounds of exactly the divisions that cover them", () => {
    // Few digits, so that codes often share their beginning.
    const code = fc.stringMatching(/^4[13]0[02](?:00|25)(?:0[12]9(?:9[12]9)?)?$/).filter(isDivisionCode);
    fc.assert(
      fc.property(code, code, (outer, inner) => {
        const { from, below } = boundsOfDivision(outer);
        expect(from <= inner && inner < below).toBe(coversDivision(outer, inner));
      }),
    );
    expect(boundsOfDivision("430200")).toEqual({ from: "4302", below: "4302:" });
  });

  it.each(["43022", "4302251", "430225000", "000000", "430225102222333", "43022a", "430200102"])(
    "do not look like %j",
    (text) => {
      expect(isDivisionCode(text)).toBe(false);
    },
  );
});
