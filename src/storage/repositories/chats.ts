import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import type { Turn } from '../../common/turn.ts';
import { type Chat, type Message, localUser } from '../../common/model.ts';
import type { Chats } from '../contract.ts';
import type { Row } from '../database.ts';
import { JsonReader } from '../jsonColumns.ts';
import { type Session, insertRow, notReadable, number, text, textOrNull, toJson, updateRow } from './rows.ts';

function toChat(row: Row): Chat {
	return {
		id: number(row, 'id'),
		topic: text(row, 'topic'),
		title: textOrNull(row, 'title'),
		userId: textOrNull(row, 'user_id'),
		metadata: new JsonReader(row).get('metadata'),
		createdAt: text(row, 'created_at'),
		updatedAt: text(row, 'updated_at'),
	};
}

function toMessage(row: Row): Message {
	const json = new JsonReader(row);
	const message: Message = {
		id: number(row, 'id'),
		chatId: number(row, 'chat_id'),
		role: text(row, 'role') as Message['role'],
		content: text(row, 'content'),
		thinking: textOrNull(row, 'thinking'),
		parts: json.get('parts'),
		providerBlocks: json.get('provider_blocks'),
		model: textOrNull(row, 'model'),
		answeredModel: textOrNull(row, 'answered_model'),
		status: text(row, 'status') as Message['status'],
		usage: json.get('usage'),
		requestRef: textOrNull(row, 'request_ref'),
		createdAt: text(row, 'created_at'),
	};
	return json.unreadable.length > 0 ? { ...message, parts: partlyReadable(message, json.unreadable) } : message;
}

/** The turn of a message that is partly unreadable: its texts, and an error that says so. */
function partlyReadable({ content, thinking, parts }: Message, unreadable: readonly string[]): Turn {
	const texts: Turn = {
		blocks: [
			...(thinking === null ? [] : [{ type: 'thinking' as const, id: 'thinking', text: thinking }]),
			...(content === '' ? [] : [{ type: 'text' as const, id: 'text', text: content }]),
		],
		stopReason: 'unknown',
	};
	const turn = parts ?? texts;
	return {
		...turn,
		error:
			turn.error ??
			notReadable(
				l10n.t(
					'A part of this message is not readable: {0}. The rest is as it was stored.',
					unreadable.join(', '),
				),
			),
	};
}

export function createChats({ database, changes }: Session): Chats {
	function message(id: number): Message {
		const row = database.row('SELECT * FROM auspex_messages WHERE id = ?', [id]);
		if (!row) {
			throw new AppError('not-found', l10n.t('Message not found'));
		}
		return toMessage(row);
	}

	function get(id: number): Chat {
		const row = database.row('SELECT * FROM auspex_chats WHERE id = ?', [id]);
		if (!row) {
			throw new AppError('not-found', l10n.t('Chat not found'));
		}
		return toChat(row);
	}

	return {
		message,
		create(chat) {
			const row = insertRow(database, 'auspex_chats', {
				topic: chat.topic,
				title: chat.title,
				user_id: localUser,
				metadata: toJson(chat.metadata ?? {}),
				created_at: chat.now,
				updated_at: chat.now,
			});
			const created = toChat(row);
			changes.chats.add(created.id);
			return created;
		},
		get,
		messages(chatId) {
			return database
				.rows('SELECT * FROM auspex_messages WHERE chat_id = ? ORDER BY id', [chatId])
				.map(toMessage);
		},
		addMessage(added) {
			get(added.chatId);
			const row = insertRow(database, 'auspex_messages', {
				chat_id: added.chatId,
				role: added.role,
				content: added.content,
				status: added.status,
				model: added.model ?? null,
				created_at: added.now,
			});
			database.run('UPDATE auspex_chats SET updated_at = ? WHERE id = ?', [added.now, added.chatId]);
			changes.chats.add(added.chatId);
			return toMessage(row);
		},
		appendToMessage(id, delta) {
			const [row] = database.run(
				`UPDATE auspex_messages
				SET content = content || ?, thinking = CASE WHEN ? = '' THEN thinking ELSE coalesce(thinking, '') || ? END,
					status = 'streaming'
				WHERE id = ? AND status IN ('streaming', 'interrupted') RETURNING chat_id`,
				[delta.content ?? '', delta.thinking ?? '', delta.thinking ?? '', id],
			);
			if (!row) {
				throw new AppError('not-found', l10n.t('Streaming message not found'));
			}
			changes.chats.add(number(row, 'chat_id'));
		},
		updateMessage(id, patch) {
			const { chatId } = message(id);
			updateRow(
				database,
				'auspex_messages',
				{ column: 'id', value: id },
				{
					content: patch.content,
					thinking: patch.thinking,
					parts: patch.parts === undefined ? undefined : toJson(patch.parts),
					provider_blocks: patch.providerBlocks === undefined ? undefined : toJson(patch.providerBlocks),
					model: patch.model,
					answered_model: patch.answeredModel,
					status: patch.status,
					usage: patch.usage === undefined ? undefined : toJson(patch.usage),
					request_ref: patch.requestRef,
				},
			);
			changes.chats.add(chatId);
		},
		removeMessagesFrom(chatId, messageId) {
			database.run('DELETE FROM auspex_messages WHERE chat_id = ? AND id >= ?', [chatId, messageId]);
			changes.chats.add(chatId);
		},
		markInterrupted(running) {
			const interrupted = database
				.rows("SELECT id, chat_id FROM auspex_messages WHERE status = 'streaming' ORDER BY id")
				.filter((row) => !running.includes(number(row, 'id')));
			for (const row of interrupted) {
				database.run("UPDATE auspex_messages SET status = 'interrupted' WHERE id = ?", [number(row, 'id')]);
				changes.chats.add(number(row, 'chat_id'));
			}
			return interrupted.map((row) => number(row, 'id'));
		},
	};
}
