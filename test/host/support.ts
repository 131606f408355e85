import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PromptWorkshopApi } from '../../src/common/api.ts';
import type { StreamPart } from '../../src/common/streamParts.ts';

/** The API of the extension under test. */
export async function activated(): Promise<PromptWorkshopApi> {
	const extension = vscode.extensions.getExtension<PromptWorkshopApi>('auspex.prompt-workshop');
	assert.ok(extension, 'VS Code does not know the extension');
	return extension.activate();
}

/** Sets a user setting; undefined takes it back. */
export async function configure(section: string, key: string, value: unknown): Promise<void> {
	await vscode.workspace.getConfiguration(section).update(key, value, vscode.ConfigurationTarget.Global);
}

export async function useOfflineGuide(): Promise<void> {
	await configure('promptWorkshop', 'chatModel', 'offline/guide');
	await configure('promptWorkshop', 'testModel', 'offline/guide');
}

export async function collect(parts: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
	const all: StreamPart[] = [];
	for await (const part of parts) {
		all.push(part);
	}
	return all;
}
