// node validate.js SCHEMAS draft DOCUMENT: prints what breaks the schema; the first of SCHEMAS is the document's, the others are referred to by it.
const fs = require("fs");
const [schemas, draft, document] = process.argv.slice(2);
const Ajv = draft === "2020" ? require("ajv/dist/2020") : require("ajv");
// Patterns of draft 4 are older than Unicode's regular expressions.
const ajv = new Ajv({ strict: false, allErrors: false, unicodeRegExp: draft !== "4" });
require("ajv-formats")(ajv);
require("ajv-formats-draft2019")(ajv);
const [first, ...others] = schemas.split(",").map(file => JSON.parse(fs.readFileSync(file, "utf8")));
if (draft === "4") {
  // What draft 7 has in place of draft 4's id.
  first.$id = first.id;
  delete first.id;
  delete first.$schema;
}
others.forEach(schema => ajv.addSchema(schema));
const isValid = ajv.compile(first);
if (!isValid(JSON.parse(fs.readFileSync(document, "utf8")))) {
  console.log(JSON.stringify(isValid.errors.slice(0, 20), null, 1));
  process.exit(1);
}
