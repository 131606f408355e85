import type { LintRule } from '../../src/prompts/lint/rule.ts';

interface Property {
	enum: string[];
	default: string;
	markdownDescription: string;
}

/** The manifest, as far as it names lint rules. */
interface Manifest {
	contributes: { configuration: { properties: { 'promptWorkshop.lint': { properties: Record<string, Property> } } } };
}

type Rule = Pick<LintRule, 'id' | 'severity' | 'description'>;

const prefix = 'setting.lint.';

/** The manifest and its texts (package.json and package.nls.json) with these rules in the place of those they name. */
export function manifestOfRules(
	rules: readonly Rule[],
	manifest: string,
	texts: string,
): { manifest: string; texts: string } {
	const parsed = JSON.parse(manifest) as Manifest;
	const setting = parsed.contributes.configuration.properties['promptWorkshop.lint'];
	setting.properties = Object.fromEntries(
		rules.map(({ id, severity }) => [
			id,
			{
				enum: ['off', 'information', 'warning'],
				// What a completion in settings.json proposes: without the setting, `error` stays what it is.
				default: severity === 'information' ? 'information' : 'warning',
				markdownDescription: `%${prefix}${id}%`,
			},
		]),
	);
	const described = rules.map(({ id, description }) => [`${prefix}${id}`, description] as [string, string]);
	const entries = Object.entries(JSON.parse(texts) as Record<string, string>);
	const others = entries.filter(([name]) => !name.startsWith(prefix));
	const place = others.findIndex(([name]) => name === 'setting.lint') + 1;
	return { manifest: print(parsed), texts: print(Object.fromEntries(others.toSpliced(place, 0, ...described))) };
}

function print(value: unknown): string {
	return `${JSON.stringify(value, undefined, '\t')}\n`;
}
