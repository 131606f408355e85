/** What a unit measures, and how many base units one of it is. */
export interface Unit {
	kind: string;
	factor: number;
}

/** Written as `name factor`, several names of one unit divided by `|`. */
const table: Record<string, string> = {
	length: 'nm|nanometers|nanometres 1e-9, µm|μm|um|micrometers|micrometres 1e-6, mm|millimeters|millimetres 0.001, cm|centimeters|centimetres 0.01, m|meter|meters|metre|metres 1, km|KM|kilometer|kilometers|kilometre|kilometres 1000, in|inch|inches 0.0254, ft|foot|feet 0.3048, yd|yard|yards 0.9144, mi|mile|miles 1609.344',
	mass: 'µg|μg|mcg 1e-9, mg|milligrams 1e-6, g|gram|grams 0.001, kg|KG|kilogram|kilograms|kilos 1, t|tonne|tonnes 1000, oz|ounce|ounces 0.028349523125, lb|lbs|pound|pounds 0.45359237',
	time: 'ns|nanoseconds 1e-9, µs|μs|us|microseconds 1e-6, ms|millisecond|milliseconds 0.001, s|sec|secs|second|seconds 1, min|mins|minute|minutes 60, h|hr|hrs|hour|hours 3600, d|day|days 86400, week|weeks 604800',
	data: 'bit|bits 0.125, B|byte|bytes 1, kB|KB|kilobytes 1e3, MB|megabytes 1e6, GB|gigabytes 1e9, TB|terabytes 1e12, KiB 1024, MiB 1048576, GiB 1073741824, TiB 1099511627776',
	volume: 'ml|mL|milliliters|millilitres 0.001, cl|cL 0.01, dl|dL 0.1, l|L|liter|liters|litre|litres 1, m³|m3 1000, gal|gallon|gallons 3.785411784',
	area: 'cm²|cm2 1e-4, m²|m2 1, km²|km2 1e6, ha|hectare|hectares 1e4, acre|acres 4046.8564224',
	speed: 'm/s 1, km/h|kph 0.2777777777777778, mph 0.44704',
	energy: 'J|joule|joules 1, kJ 1000, MJ 1e6, cal 4.184, kcal 4184, Wh 3600, kWh 3.6e6, MWh 3.6e9',
	power: 'mW 0.001, W|watt|watts 1, kW 1000, MW 1e6, GW 1e9',
	share: '%|percent 0.01, ‰ 0.001, bp|bps 1e-4',
	celsius: '°C|celsius 1',
	fahrenheit: '°F|fahrenheit 1',
	kelvin: 'K|kelvin 1',
	dollar: '$|USD|dollar|dollars 1',
	euro: '€|EUR|euro|euros 1',
	pound: '£|GBP 1',
	yen: '¥|JPY|yen 1',
	franc: 'CHF|francs 1',
};

const units = new Map<string, Unit>();
for (const [kind, list] of Object.entries(table)) {
	for (const entry of list.split(', ')) {
		const [names = '', factor] = entry.split(' ');
		for (const name of names.split('|')) {
			units.set(name, { kind, factor: Number(factor) });
		}
	}
}

/** The unit of a name or a sign; undefined if it is none. In short names, capitals count: `m` is not `M`. */
export function unitOf(name: string): Unit | undefined {
	return units.get(name) ?? (name.length > 2 ? units.get(name.toLowerCase()) : undefined);
}
