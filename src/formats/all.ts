import { agent } from './agent.ts';
import { copilotLog } from './copilotLog.ts';
import { copilotOverride } from './copilotOverride.ts';
import { dotprompt } from './dotprompt.ts';
import type { Format } from './imported.ts';
import { instructions } from './instructions.ts';
import { markdown } from './markdown.ts';
import { openaiEvals } from './openaiEvals.ts';
import { otel } from './otel.ts';
import { promptFile } from './promptFile.ts';
import { promptfoo } from './promptfoo.ts';
import { promptYml } from './promptYml.ts';
import { prompty } from './prompty.ts';
import { skill } from './skill.ts';

/** Every format that can be imported, in the order in which equally sure ones are tried. A test checks that the folder agrees. */
export const formats: readonly Format[] = [
	// Plain Markdown comes last: it is what a file is when it is nothing else.
	...[skill, agent, instructions, promptFile],
	...[promptfoo, openaiEvals, promptYml],
	...[dotprompt, prompty],
	...[otel, copilotLog, copilotOverride],
	markdown,
];
