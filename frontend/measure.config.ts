import base from "./playwright.config";

/** The measures, which are run on demand and not with the stories. */
export default { ...base, testDir: "measure", retries: 0, use: { ...base.use, trace: "off" as const } };
