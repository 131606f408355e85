import { agent } from './agent.ts';
import { anthropic } from './anthropic.ts';
import { awesome } from './awesome.ts';
import { copilotLog } from './copilotLog.ts';
import { copilotOverride } from './copilotOverride.ts';
import { dotprompt } from './dotprompt.ts';
import { foundry } from './foundry.ts';
import type { Format } from './imported.ts';
import { inspect } from './inspect.ts';
import { instructions } from './instructions.ts';
import { json } from './json.ts';
import { langfuse } from './langfuse.ts';
import { langsmith } from './langsmith.ts';
import { markdown } from './markdown.ts';
import { mlflow } from './mlflow.ts';
import { openaiEvals } from './openaiEvals.ts';
import { otel } from './otel.ts';
import { promptFile } from './promptFile.ts';
import { promptfoo } from './promptfoo.ts';
import { promptYml } from './promptYml.ts';
import { prompty } from './prompty.ts';
import { sharegpt } from './sharegpt.ts';
import { skill } from './skill.ts';
import { waza } from './waza.ts';

/** Every format that can be imported, in the order in which equally sure ones are tried. A test checks that the folder agrees. */
export const formats: readonly Format[] = [
	json,
	...[skill, agent, instructions, promptFile],
	...[promptfoo, openaiEvals, promptYml],
	...[dotprompt, prompty],
	...[otel, copilotLog, copilotOverride],
	...[inspect, langfuse, langsmith, mlflow, foundry, anthropic, awesome, sharegpt, waza],
	// What a file is when it is nothing else.
	markdown,
];
