import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Grader } from '../graders/grader.ts';
import { reportFaults } from './fieldFaults.ts';
import { definitions, foreignCase, promptTool, suite, type SuitePart } from './fields.ts';
import type { Located } from './located.ts';

/** What the reader needs to know of a grader. */
export type KnownGrader = Pick<Grader, 'type' | 'value' | 'threshold' | 'valueOptional'>;

/** Checks parts of a suite with the schemas of its fields and of the graders. */
export interface FieldChecker {
	graders: ReadonlyMap<string, KnownGrader>;
	/** Whether the value is right; what is wrong is reported. */
	check(part: SuitePart, located: Located): boolean;
	/** What is wrong with a grader's value; empty if nothing is. */
	valueErrors(type: string, value: unknown): ErrorObject[];
}

const loaded = new WeakMap<readonly KnownGrader[], Promise<FieldChecker>>();

/** The validator is loaded at the first suite; its schemas are compiled once for each list of graders. */
export function fieldChecker(graders: readonly KnownGrader[]): Promise<FieldChecker> {
	let checker = loaded.get(graders);
	if (!checker) {
		checker = load(graders);
		loaded.set(graders, checker);
	}
	return checker;
}

async function load(graders: readonly KnownGrader[]): Promise<FieldChecker> {
	const { Ajv } = await import('../grading/ajv.ts');
	const ajv = new Ajv({
		allErrors: true,
		verbose: true,
		strict: false,
		allowUnionTypes: true,
		validateFormats: false,
	});
	ajv.addSchema({ $id: 'suite', definitions: { ...definitions, foreignCase, promptTool, suite } });
	const values = new Map<string, ValidateFunction>();
	const validatorOf = (type: string): ValidateFunction | undefined => {
		const schema = graders.find((grader) => grader.type === type)?.value;
		if (schema && !values.has(type)) {
			values.set(type, ajv.compile(schema));
		}
		return values.get(type);
	};
	return {
		graders: new Map(graders.map((grader) => [grader.type, grader])),
		check(part, located) {
			const validate = ajv.getSchema(`suite#/definitions/${part}`);
			if (!validate || validate(located.value)) {
				return validate !== undefined;
			}
			reportFaults(validate.errors ?? [], [], located);
			return false;
		},
		valueErrors(type, value) {
			const validate = validatorOf(type);
			return !validate || validate(value) ? [] : (validate.errors ?? []);
		},
	};
}
