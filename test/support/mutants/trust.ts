import type { Mutant } from './mutant.ts';

const manifest = 'unit/host/manifest';

/** What a workspace, a file or a model may decide, and what it may not. */
export const trustMutants: readonly Mutant[] = [
	...(
		[
			['providers', 'array'],
			['prices', 'object'],
		] as const
	).map(([setting, type]) => ({
		name: `a workspace may set ${setting}`,
		file: 'package.json',
		from: `"markdownDescription": "%setting.${setting}%",\n\t\t\t\t\t"type": "${type}",\n\t\t\t\t\t"scope": "application"`,
		to: `"markdownDescription": "%setting.${setting}%",\n\t\t\t\t\t"type": "${type}",\n\t\t\t\t\t"scope": "window"`,
		tests: [manifest],
	})),
	{
		name: 'the fixture folders of an untrusted workspace are taken',
		file: 'package.json',
		from: '"promptWorkshop.lab.fixturePaths",\n',
		to: '"promptWorkshop.lab.none",\n',
		tests: [manifest],
	},
	...['chatModel', 'testModel', 'thinking'].map((setting) => ({
		name: `an untrusted workspace may set ${setting}`,
		file: 'package.json',
		from: `"promptWorkshop.${setting}",\n`,
		to: `"promptWorkshop.${setting}Of",\n`,
		tests: [manifest],
	})),
	{
		name: 'an untrusted workspace names the model of the chat',
		file: 'package.json',
		from: '"promptWorkshop.chatModel",\n',
		to: '',
		tests: [manifest],
	},
	{
		name: 'aliases of a template are followed',
		file: 'src/prompts/templates/templateNodes.ts',
		from: 'Alias: (_key, node) => {',
		to: 'Other: (_key, node) => {',
		tests: ['unit/prompts/templates/readTemplate'],
	},
	{
		name: 'links stay in notifications',
		file: 'src/common/visibleText.ts',
		from: "visibleText(text).replaceAll('](', '] (')",
		to: 'visibleText(text)',
		tests: ['unit/common/visibleText'],
	},
	{
		name: 'log entries keep their line breaks',
		file: 'src/common/visibleText.ts',
		from: ".replaceAll('\\n', '\\\\n')",
		to: '',
		tests: ['unit/common/visibleText'],
	},
	{
		name: 'the Lab opens in an untrusted workspace',
		file: 'src/lab/access.ts',
		from: 'if (!port.isWorkspaceTrusted()) {',
		to: 'if (port.isWorkspaceTrusted() === undefined) {',
		tests: ['unit/lab/access'],
	},
	{
		name: 'an account that is not listed gets into the Lab',
		file: 'src/lab/access.ts',
		from: '\t\tif (!isListed(session)) {\n\t\t\tthrow notFacilitator();\n\t\t}\n',
		to: '',
		tests: ['unit/lab/access'],
	},
	{
		name: 'a link in the middle of a path is not followed before trust is asked',
		file: 'src/disk/realPath.ts',
		from: 'return await realpath(location);',
		to: 'return path.resolve(location);',
		tests: ['unit/disk/realPath'],
	},
	{
		name: 'a link that leads to nothing is taken for a file of its folder',
		file: 'src/disk/realPath.ts',
		from: '(await isLink(real)) ?',
		to: '(await isLink(real)) && real === "" ?',
		tests: ['unit/disk/realPath'],
	},
	{
		name: 'a message shows the links of foreign words',
		file: 'src/common/visibleText.ts',
		from: "return visibleText(text).replaceAll('](', '] (');",
		to: 'return visibleText(text);',
		tests: ['unit/common/visibleText'],
	},
	{
		name: 'hidden and bidirectional characters stay hidden',
		file: 'src/common/visibleText.ts',
		from: 'if (!isOrdinary(text, { index, character })) {',
		to: 'if (isOrdinary(text, { index, character }) && index < 0) {',
		tests: ['unit/common/visibleText'],
	},
	{
		name: 'a text of an article or a draft ends its block in the meta-prompt',
		file: 'src/workshop/metaPrompt.ts',
		from: 'longest = Math.max(longest, run.length);',
		to: 'longest = Math.max(longest, run.length - run.length);',
		tests: ['unit/workshop/metaPrompt'],
	},
	{
		name: 'a model may propose cases with code',
		file: 'src/suites/proposedCases.ts',
		from: '.every(({ type }) => proposedTypes.includes(type))',
		to: '.every(() => true)',
		tests: ['unit/suites/proposedCases'],
	},
	{
		name: 'a run of another living window is marked as interrupted',
		file: 'src/host/suites/tidyRuns.ts',
		from: '\t\t\t\talive.add(runId);',
		to: '\t\t\t\talive.delete(runId);',
		tests: ['unit/host/suites/tidyRuns'],
	},
	{
		name: 'the plan of a run does not name the tools of the editor that its suite offers',
		file: 'src/suites/planText.ts',
		from: 'tools.length > 0',
		to: 'tools.length > 99',
		tests: ['unit/suites/planText'],
	},
];
