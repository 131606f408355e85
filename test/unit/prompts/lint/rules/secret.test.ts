import assert from 'node:assert/strict';
import { findingsOf, marked } from '../../../../support/lintCase.ts';

/** Put together here, so that no scanner takes this file for one with keys in it. */
const body = 'q8Zr1Kp0Vn7Lw3Tb5Ye9Hc2Mf4Sd6Gj8Xa1Uo3';
const secrets = [
	['sk', `ant-api03-${body}`].join('-'),
	['sk', `proj-${body}`].join('-'),
	['sk', 'live', body].join('_'),
	`AKIA${'Q7ZR1KP0VN7LW3TB'}`,
	['ghp', body.slice(0, 36)].join('_'),
	['github', 'pat', body].join('_'),
	`AIza${body.slice(0, 35)}`,
	['xoxb', '2481632640', body].join('-'),
	['hf', body].join('_'),
	[`eyJ${body}`, `eyJ${body}`, body].join('.'),
];

describe('secret', () => {
	for (const secret of secrets) {
		it(`finds ${secret.slice(0, 8)}…`, () => {
			assert.deepEqual(marked('secret', `Use the key ${secret}, then "${secret}".`), [secret, secret]);
		});
	}

	it('finds private keys and passwords in addresses, as errors, in code too', () => {
		const begin = ['-----BEGIN', 'PRIVATE KEY-----'].join(' ');
		const text = `\`\`\`\n${begin}\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n\`\`\`\npostgres://ada:hunter42@db.internal/x`;
		assert.deepEqual(marked('secret', text), [begin, 'postgres://ada:hunter42@']);
		assert.ok(
			findingsOf('secret', text).every(
				({ severity, message }) => severity === 'error' && !message.includes('hunter'),
			),
		);
	});

	for (const text of [
		`sk-${'x'.repeat(40)}`,
		'sk-your-key-goes-here-please-replace-1',
		'AKIAIOSFODNN7EXAMPLE',
		`ghp_${'a'.repeat(36)}`,
		'sk-learn-and-other-long-names-of-packages',
		'sk-ant-api03-...',
		'-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----',
		'postgres://user:password@localhost/db',
		'https://user:{{password}}@host',
		`prefix-AKIA${'Q7ZR1KP0VN7LW3TBX'}`,
	]) {
		it(`leaves ${JSON.stringify(text.slice(0, 45))} alone`, () => {
			assert.deepEqual(marked('secret', text), []);
		});
	}
});
