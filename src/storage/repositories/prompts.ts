import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { type Prompt, type PromptSummary, localUser } from '../../common/model.ts';
import type { Prompts } from '../contract.ts';
import type { Row } from '../database.ts';
import { JsonReader } from '../jsonColumns.ts';
import { type Session, insertRow, number, text, textOrNull, toJson, updateRow } from './rows.ts';

function toPrompt(row: Row): Prompt {
	return {
		id: number(row, 'id'),
		name: text(row, 'name'),
		title: text(row, 'title'),
		content: text(row, 'content'),
		description: textOrNull(row, 'description'),
		isDefault: number(row, 'is_default') === 1,
		userCreated: textOrNull(row, 'user_created'),
		metadata: new JsonReader(row).get('metadata'),
		createdAt: text(row, 'created_at'),
		updatedAt: text(row, 'updated_at'),
	};
}

function toSummary(row: Row): PromptSummary {
	const { content: _content, ...prompt } = toPrompt(row);
	return {
		...prompt,
		contentLength: number(row, 'content_length'),
		usedBy: number(row, 'used_by'),
		versionCount: number(row, 'version_count'),
	};
}

export function createPrompts({ database, changes }: Session): Prompts {
	function find(condition: string, params: (string | number)[]): Prompt | undefined {
		const row = database.row(`SELECT * FROM auspex_prompts WHERE ${condition}`, params);
		return row && toPrompt(row);
	}

	function get(name: string): Prompt {
		const prompt = find('name = ?', [name]);
		if (!prompt) {
			throw new AppError('not-found', l10n.t("Prompt '{0}' not found", name));
		}
		return prompt;
	}

	return {
		get,
		getById(id) {
			const prompt = find('id = ?', [id]);
			if (!prompt) {
				throw new AppError('not-found', l10n.t('Prompt {0} not found', id));
			}
			return prompt;
		},
		has(name) {
			return find('name = ?', [name]) !== undefined;
		},
		create(prompt) {
			if (find('name = ?', [prompt.name])) {
				throw new AppError('validation', l10n.t("The prompt name '{0}' is already taken", prompt.name), {
					info: { field: 'name' },
				});
			}
			const row = insertRow(database, 'auspex_prompts', {
				name: prompt.name,
				title: prompt.title,
				content: prompt.content,
				content_length: prompt.content.length,
				description: prompt.description,
				user_created: localUser,
				metadata: toJson(prompt.metadata ?? {}),
				created_at: prompt.now,
				updated_at: prompt.now,
			});
			changes.prompts.add(prompt.name);
			return toPrompt(row);
		},
		list() {
			return database
				.rows(
					`SELECT p.id, p.name, p.title, p.content_length, p.description, p.is_default, p.user_created,
						p.metadata, p.created_at, p.updated_at,
						(SELECT count(*) FROM auspex_prompt_drafts d WHERE d.parent_prompt_name = p.name) AS used_by,
						(SELECT count(*) FROM prompt_versions v
							WHERE v.owner_kind = 'prompt' AND v.owner_id = p.id) AS version_count
					FROM auspex_prompts p ORDER BY p.is_default DESC, p.title COLLATE NOCASE, p.id`,
				)
				.map(toSummary);
		},
		update(name, patch, now) {
			get(name);
			updateRow(
				database,
				'auspex_prompts',
				{ column: 'name', value: name },
				{
					title: patch.title,
					content: patch.content,
					content_length: patch.content?.length,
					description: patch.description,
					metadata: patch.metadata === undefined ? undefined : toJson(patch.metadata),
					updated_at: now,
				},
			);
			changes.prompts.add(name);
			return get(name);
		},
		setDefault(name, now) {
			get(name);
			const before = find('is_default = 1', []);
			if (before?.name === name) {
				return;
			}
			if (before) {
				database.run('UPDATE auspex_prompts SET is_default = 0, updated_at = ? WHERE name = ?', [
					now,
					before.name,
				]);
				changes.prompts.add(before.name);
			}
			database.run('UPDATE auspex_prompts SET is_default = 1, updated_at = ? WHERE name = ?', [now, name]);
			changes.prompts.add(name);
		},
		getDefault() {
			const prompt = find('is_default = 1', []);
			if (!prompt) {
				throw new AppError('not-found', l10n.t('Default prompt not found'));
			}
			return prompt;
		},
	};
}
