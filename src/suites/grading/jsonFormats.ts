import { isIPv4, isIPv6 } from 'node:net';

const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const timePattern = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-](\d\d):?(\d\d))$/i;

/**
 * The formats of JSON Schema (draft 7 and 2020-12), and those of OpenAPI. All take linear time, since they read what a
 * model wrote.
 */
export const jsonFormats: Record<string, true | ((text: string) => boolean)> = {
	date: isDate,
	time: isTime,
	'date-time': (text) => /^.{10}[T ]/i.test(text) && isDate(text.slice(0, 10)) && isTime(text.slice(11)),
	duration: (text) =>
		/^P(?!$)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?)$/.test(text),
	email: (text) =>
		text.length <= 320 && /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?!-)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u.test(text),
	hostname: (text) =>
		text.length <= 253 && /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.|$))+$/i.test(text) && !text.endsWith('.'),
	ipv4: isIPv4,
	ipv6: isIPv6,
	uri: isUri,
	url: (text) => /^(?:https?|ftp):/i.test(text) && isUri(text),
	'uri-reference': (text) => !/[\s\\<>"{}|^`]/.test(text),
	uuid: (text) => /^(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text),
	regex: isPattern,
	'json-pointer': (text) => /^(?:\/(?:[^~/]|~[01])*)*$/.test(text),
	byte: (text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text),
	int32: true,
	int64: true,
	float: true,
	double: true,
	password: true,
	binary: true,
};

/** A day that the calendar has. */
function isDate(text: string): boolean {
	const [, year, month, day] = datePattern.exec(text) ?? [];
	const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function isTime(text: string): boolean {
	const [, hour, minute, second, zoneHour = 0, zoneMinute = 0] = timePattern.exec(text) ?? [];
	return (
		Number(hour) <= 23 &&
		Number(minute) <= 59 &&
		Number(second) <= 60 &&
		Number(zoneHour) <= 23 &&
		Number(zoneMinute) <= 59
	);
}

function isUri(text: string): boolean {
	return /^[a-z][a-z0-9+.-]*:./i.test(text) && !/[\s\\<>"{}|^`]/.test(text) && URL.canParse(text);
}

function isPattern(text: string): boolean {
	try {
		new RegExp(text, 'u');
		return true;
	} catch {
		return false;
	}
}
