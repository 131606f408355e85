import { readXml, type XmlElement } from '../../../src/suites/grading/readXml.ts';

interface Rule {
	required: string[];
	optional: string[];
	children: string[];
	text: boolean;
}

/** SUREFIRE_TIME of the schema, for what is written without thousands separators. */
const timeForm = /^\d*(\.\d*)?$/;

/** junit-10.xsd of Jenkins' xUnit plugin, as a table. */
const outcome: Rule = { required: [], optional: ['type', 'message'], children: [], text: true };
const output: Rule = { required: [], optional: [], children: [], text: true };
const rules: Record<string, Rule> = {
	testsuites: {
		required: [],
		optional: ['name', 'time', 'tests', 'failures', 'errors'],
		children: ['testsuite'],
		text: false,
	},
	testsuite: {
		required: ['name', 'tests', 'failures', 'errors'],
		optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
		children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
		text: false,
	},
	properties: { required: [], optional: [], children: ['property'], text: false },
	property: { required: ['name', 'value'], optional: [], children: [], text: false },
	testcase: {
		required: ['name'],
		optional: ['time', 'classname', 'group'],
		children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
		text: false,
	},
	failure: outcome,
	error: outcome,
	skipped: outcome,
	'system-out': output,
	'system-err': output,
};

/** What is wrong with JUnit XML; empty if Jenkins' schema accepts it. */
export function junitFaults(xml: string): string[] {
	const root = readXml(xml);
	if ('at' in root) {
		return [`not well-formed at ${root.at}: ${root.message()}`];
	}
	const faults = root.name === 'testsuites' || root.name === 'testsuite' ? [] : [`root ${root.name}`];
	const visit = ({ name, children }: XmlElement) => {
		for (const child of children) {
			if (!rules[name]?.children.includes(child.name)) {
				faults.push(`${child.name} in ${name}`);
			}
			visit(child);
		}
	};
	visit(root);
	for (const [, name = '', written = '', , after = ''] of xml.matchAll(
		/<([a-z][a-z-]*)((?:\s+[^\s=]+="[^"]*")*)\s*(\/?)>([^<]*)/g,
	)) {
		const rule = rules[name];
		const attributes = [...written.matchAll(/([^\s=]+)="([^"]*)"/g)].map(
			([, key = '', value = '']) => [key, value] as const,
		);
		const keys = attributes.map(([key]) => key);
		faults.push(
			...(rule?.required ?? []).filter((key) => !keys.includes(key)).map((key) => `${name} without ${key}`),
			...keys
				.filter((key) => !rule?.required.includes(key) && !rule?.optional.includes(key))
				.map((key) => `${name} with ${key}`),
			...attributes
				.filter(([key, value]) => key === 'time' && !timeForm.test(value))
				.map(([, value]) => `time ${value}`),
			...(rule?.text || after.trim() === '' ? [] : [`text in ${name}`]),
		);
	}
	return faults;
}
