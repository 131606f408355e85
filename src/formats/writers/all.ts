import type { Writer } from '../writing/writer.ts';
import { agent } from './agent.ts';
import { copilotOverride } from './copilotOverride.ts';
import { dotprompt } from './dotprompt.ts';
import { inspect } from './inspect.ts';
import { instructions } from './instructions.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { promptfoo } from './promptfoo.ts';
import { prompty } from './prompty.ts';
import { promptYml } from './promptYml.ts';
import { python } from './python.ts';
import { skill } from './skill.ts';
import { typescript } from './typescript.ts';

/** Every format that a prompt can be written in, in the order of a list. A test checks that the folder agrees. */
export const writers: readonly Writer[] = [
	...[markdown, skill, agent, instructions],
	...[promptfoo, dotprompt, prompty, promptYml, inspect],
	copilotOverride,
	...[json, typescript, python],
];
