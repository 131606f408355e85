/**
 * The validators of JSON Schema, loaded on first use. Imported by name here, because a bundled CommonJS package that is
 * imported dynamically has only its default export.
 */
export { Ajv } from 'ajv';
export { Ajv2020 } from 'ajv/dist/2020.js';
