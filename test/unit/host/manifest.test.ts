import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { spendingSettings } from '../../../src/host/kit/spendingSettings.ts';

interface Manifest {
	capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
	contributes: {
		commands: { command: string }[];
		menus: Record<string, { command: string; when?: string; group?: string }[]>;
		views: Record<string, { id: string }[]>;
		viewsWelcome: { view: string }[];
		configuration: {
			properties: Record<
				string,
				{ scope: string; default: unknown; order?: number; markdownDescription?: string }
			>;
		};
	};
}

const prefix = 'promptWorkshop.';
const manifestText = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const strings = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
const folder = 'src/host';

/** The ids of the commands that a file of the host defines. */
function definedIn(file: string): string[] {
	const text = readFileSync(`${folder}/${file}`, 'utf8');
	return [...text.matchAll(/: Command<\w+> = \{\s*id: '([^']+)'/g)].map(([, id]) => id ?? '');
}

describe('the manifest', () => {
	const declared = manifest.contributes.commands.map(({ command }) => command.slice(prefix.length)).sort();

	it('declares the commands that the features define, and each feature registers its own', () => {
		const files = globSync('**/*.ts', { cwd: folder }).map((file) => file.replaceAll('\\', '/'));
		const defined = files.flatMap((file) => {
			const ids = definedIn(file);
			if (ids.length > 0) {
				const feature = file.slice(0, file.indexOf('/'));
				const name = feature.charAt(0).toUpperCase() + feature.slice(1);
				const list = readFileSync(`${folder}/${feature}/register${name}.ts`, 'utf8');
				const [, variable = ''] =
					/export const (\w+): Command</.exec(readFileSync(`${folder}/${file}`, 'utf8')) ?? [];
				assert.match(
					list,
					new RegExp(`commands\\.add\\(slice, \\[[^\\]]*\\b${variable}\\b`),
					`${file} is not in register${name}.ts`,
				);
			}
			return ids;
		});
		assert.deepEqual(defined.sort(), declared);
	});

	it('puts only declared commands into menus', () => {
		for (const [menu, items] of Object.entries(manifest.contributes.menus)) {
			for (const { command } of items) {
				assert.ok(declared.includes(command.slice(prefix.length)), `${menu}: ${command}`);
			}
		}
	});

	it('offers what takes one draft only where one is selected', () => {
		const items = manifest.contributes.menus['view/item/context'] ?? [];
		const ofDrafts = items.filter(({ when, group }) => when?.includes('.drafts') && !group?.startsWith('inline'));
		assert.deepEqual(
			ofDrafts.filter(({ when }) => !when?.includes('!listMultiSelection')).map(({ command }) => command),
			['editTags', 'compareWithParent', 'compareSelected', 'deleteDraft'].map((id) => prefix + id),
		);
	});

	it('restricts the settings that decide where text goes and what it costs [attack 17]', () => {
		const { properties } = manifest.contributes.configuration;
		const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
		for (const key of spendingSettings) {
			assert.ok(properties[`${prefix}${key}`], `there is no setting ${key}`);
			assert.ok(restricted.includes(`${prefix}${key}`), `${key} is not restricted`);
		}
		const spends = /model|token|thinking|cost|concurrency/i;
		const known = new Set<string>(spendingSettings.map((key) => `${prefix}${key}`));
		const windows = Object.entries(properties).filter(([, { scope }]) => scope !== 'application');
		assert.deepEqual(
			windows.map(([key]) => key).filter((key) => spends.test(key) && !known.has(key)),
			[],
		);
	});

	it('describes every setting and puts them in an order of its own', () => {
		const settings = Object.values(manifest.contributes.configuration.properties);
		assert.ok(settings.every(({ markdownDescription }) => markdownDescription));
		assert.deepEqual(
			settings.map(({ order }) => order),
			settings.map((_, index) => index + 1),
		);
	});

	it('has a text for every placeholder and a placeholder for every text', () => {
		const used = new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? ''));
		assert.deepEqual([...used].sort(), Object.keys(strings).sort());
	});

	it('links only declared commands from its texts', () => {
		for (const [key, text] of Object.entries(strings)) {
			for (const [, id] of text.matchAll(/command:promptWorkshop\.([\w.]+)/g)) {
				assert.ok(declared.includes(id ?? ''), `${key}: ${id}`);
			}
		}
	});

	it('welcomes in every view', () => {
		const views = manifest.contributes.views['promptWorkshop']?.map(({ id }) => id) ?? [];
		const welcomed = new Set(manifest.contributes.viewsWelcome.map(({ view }) => view));
		// The library always holds the default prompt, so it is never empty.
		assert.deepEqual([...welcomed].sort(), views.filter((id) => id !== `${prefix}library`).sort());
	});

	it('keeps endpoints, prices and access out of the reach of a workspace [attack 1]', () => {
		const { properties } = manifest.contributes.configuration;
		const application = ['providers', 'prices', 'keepFullResponses', 'lab.facilitators', 'lab.authProvider'];
		for (const key of application) {
			assert.equal(properties[prefix + key]?.scope, 'application', key);
		}
		// VS Code itself leaves out what an untrusted folder says of these.
		assert.ok(
			manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(`${prefix}lab.fixturePaths`),
		);
		assert.deepEqual(properties[`${prefix}maxTokens`]?.default, 16_384);
		assert.deepEqual(properties[`${prefix}thinking`]?.default, 'low');
	});
});
