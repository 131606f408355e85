import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './projectRoot.ts';

/** Copies fixtures/sample-workspace to a folder that does not exist yet, so that nobody's edits change the repository. */
export async function copySampleWorkspace(target: string): Promise<void> {
	await cp(join(projectRoot, 'fixtures', 'sample-workspace'), target, { recursive: true });
}

/** The same without its suite, whose file would activate the extension before the tests of its activation. */
export async function copyQuietWorkspace(target: string): Promise<void> {
	await copySampleWorkspace(target);
	await rm(join(target, 'prompts'), { recursive: true });
}
