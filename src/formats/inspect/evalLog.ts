import * as l10n from '@vscode/l10n';
import { AppError } from '../../common/errors.ts';
import { maxFileLength, parseJsonText } from '../reading/foreignFile.ts';
import { isRecord, type Fields } from '../reading/values.ts';
import { ZipArchive, type UnpackZstdFrame } from '../reading/zipArchive.ts';

/** Of a sample; its events, which are most of a log, repeat its messages. */
const sampleFields = [
	'id',
	'epoch',
	'input',
	'target',
	'choices',
	'metadata',
	'messages',
	'output',
	'scores',
	'model_usage',
	'working_time',
	'total_time',
	'error',
];

/**
 * A log of Inspect AI that is packed (`.eval`: a zip of `header.json` and a file for each sample) as the text of the same
 * log in JSON, with what an import reads. Inspect packs with zstd since 0.3.206. A log whose run has not ended has `_journal/start.json` instead of the header.
 * Throws `validation`. Format: https://inspect.aisi.org.uk/eval-logs.html#sec-log-format
 */
export async function evalLogText(bytes: Uint8Array, unpackZstdFrame?: UnpackZstdFrame): Promise<string> {
	const archive = new ZipArchive(bytes, unpackZstdFrame);
	const header = (await readEntry(archive, 'header.json')) ?? (await readEntry(archive, '_journal/start.json'));
	if (!header) {
		throw new AppError(
			'validation',
			l10n.t('This is a zip archive, but no log of Inspect. Unpack it, and import what is in it'),
		);
	}
	const samples: { id: unknown; epoch: number; text: string }[] = [];
	let length = 0;
	for (const name of archive.names.filter((one) => /^samples\/.+\.json$/.test(one))) {
		const sample = (await readEntry(archive, name)) ?? {};
		const text = JSON.stringify(Object.fromEntries(sampleFields.map((field) => [field, sample[field]])));
		length += text.length;
		if (length > maxFileLength) {
			throw new AppError(
				'validation',
				l10n.t(
					'The first {0} samples of the log have more than {1} MB. Convert it to JSON (inspect log convert --to json), and import a part of its samples',
					samples.length + 1,
					maxFileLength / 1024 / 1024,
				),
			);
		}
		samples.push({ id: sample['id'], epoch: Number(sample['epoch'] ?? 1), text });
	}
	samples.sort((a, b) => a.epoch - b.epoch || collator.compare(String(a.id), String(b.id)));
	const log = {
		version: header['version'],
		status: header['status'] ?? 'started',
		eval: header['eval'],
		results: header['results'],
		stats: header['stats'],
		error: header['error'],
	};
	// The samples are texts already.
	return `${JSON.stringify(log).slice(0, -1)},"samples":[${samples.map(({ text }) => text).join(',')}]}`;
}

const collator = new Intl.Collator('en', { numeric: true });

async function readEntry(archive: ZipArchive, name: string): Promise<Fields | undefined> {
	const bytes = await archive.read(name);
	if (!bytes) {
		return undefined;
	}
	try {
		const value = parseJsonText(new TextDecoder('utf-8', { fatal: true }).decode(bytes), () => ({
			line: 1,
			column: 1,
		}));
		if (isRecord(value)) {
			return value;
		}
	} catch (cause) {
		throw notJson(name, cause);
	}
	throw notJson(name);
}

function notJson(name: string, cause?: unknown): AppError {
	return new AppError(
		'validation',
		l10n.t('The entry "{0}" of the archive is no JSON object, so this is no log of Inspect', name),
		cause === undefined ? {} : { cause },
	);
}
