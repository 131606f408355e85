import type { ProviderKind } from '../../src/providers/kind.ts';

/** The manifest, as far as it names the kinds of providers. */
interface Manifest {
	contributes: {
		configuration: {
			properties: {
				'promptWorkshop.providers': {
					items: { properties: { kind: { enum: string[]; markdownEnumDescriptions: string[] } } };
				};
			};
		};
	};
}

const prefix = 'setting.providers.kind.';

/** The manifest and its texts (package.json and package.nls.json) with the kinds of a list in the place of those they name. */
export function manifestOfKinds(
	kinds: readonly ProviderKind[],
	manifest: string,
	texts: string,
): { manifest: string; texts: string } {
	const parsed = JSON.parse(manifest) as Manifest;
	const { kind } = parsed.contributes.configuration.properties['promptWorkshop.providers'].items.properties;
	kind.enum = kinds.map((one) => one.kind);
	kind.markdownEnumDescriptions = kinds.map((one) => `%${prefix}${one.kind}%`);
	const described = kinds.map((one) => [`${prefix}${one.kind}`, one.description] as [string, string]);
	const entries = Object.entries(JSON.parse(texts) as Record<string, string>);
	const place = entries.findIndex(([name]) => name.startsWith(prefix));
	const others = entries.filter(([name]) => !name.startsWith(prefix));
	return { manifest: print(parsed), texts: print(Object.fromEntries(others.toSpliced(place, 0, ...described))) };
}

function print(value: unknown): string {
	return `${JSON.stringify(value, undefined, '\t')}\n`;
}
