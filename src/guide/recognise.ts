import { topicToolNames } from '../common/tools.ts';
import { asSentence, sentences, terms } from './prose.ts';
import { answerKeys, type AnswerKey, type Answers } from './questions.ts';

const labels: Record<AnswerKey, string> = {
	analysis: 'kind of analysis|analysis|focus|task|purpose|questions?',
	audience: 'audience|readers?|reader|for whom',
	tone: 'tone|voice',
	format: 'output format|output|format|length|style|language',
	tools: 'tools?|search(?:es)?|material|input',
	constraints: 'constraints?|limits|rules?|never|always',
};

const toneWords =
	'neutral|formal|informal|plain|friendly|critical|sceptical|skeptical|concise|terse|academic|scientific|conversational|' +
	'warm|sober|objective|direct|cautious|professional|casual|encouraging|factual|persuasive|technical|simple|calm|polite';
const people =
	'managers?|engineers?|developers?|programmers?|executives?|analysts?|researchers?|scientists?|students?|pupils|teachers?|' +
	'journalists?|editors?|team|teams|board|leaders?|leads?|leadership|public|customers?|beginners?|newcomers?|experts?|readers?|' +
	'policymakers?|policy makers?|investors?|doctors?|clinicians?|nurses?|lawyers?|operators?|administrators?|admins?|staff|users?|' +
	'stakeholders?|founders?|owners?|officers?|architects?|consultants?|colleagues|citizens?|designers?|marketers?|buyers?|planners?|decision[- ]makers?';

const audiencePhrase = new RegExp(
	`\\b(?:(?:written |made |meant |intended |aimed )?(?:for|at)|readers? (?:are|is)|audience (?:is|are)|read by) ((?:(?:an?|the|our|my|their|all|busy|senior|junior|and|of|in|the) |[\\p{L}-]+,? ){0,5}?(?:${people})\\b(?:(?: and|,| or) (?:[\\p{L}-]+ ){0,2}(?:${people})\\b)*(?: (?:who|of|in|at|without|with) [^.;\\n]+?(?=[.;\\n]|, |$))?)`,
	'iu',
);
const tonePhrase = new RegExp(
	`\\b(?:(?:${toneWords})(?:(?:,| and|, and| but| or) (?:${toneWords}))* (?:tone|voice|language|style|manner|english)|` +
		`(?:tone|voice|style)(?: should be| must be| is|:)? (?:${toneWords})(?:(?:,| and|, and| but) (?:${toneWords}))*|` +
		`(?:sound|keep it|write|be|stay|remain) (?:${toneWords})(?:ly)?(?:(?:,| and|, and| but) (?:${toneWords})(?:ly)?)*)\\b`,
	'iu',
);
/** A clause that is nothing but a tone, such as "friendly and plain". */
const toneOnly = new RegExp(`^(?:${toneWords})(?:(?:,| and| but) (?:${toneWords}))*[.!]?$`, 'iu');
const formatPhrase =
	/\b(?:bullets|bullet (?:points?|list)|tables?|\d+[\s-]*words?|one[- ]page|one pager|paragraphs?|executive summary|numbered list|checklist|memo|briefing note|headings?|sections?|json|markdown|(?:answers?|write|written|output|reply|replies) in (?:english|german|french|spanish|italian|dutch|portuguese|polish|japanese|chinese|korean|swedish|danish|norwegian|finnish|czech|turkish|ukrainian|hindi|arabic))\b/iu;
const toolPhrase = new RegExp(
	`\\b(?:${topicToolNames.join('|')}|tools?|keyword search|search(?:es)? (?:by|for|only|first|with|the|in)|` +
		'(?:use|no|without|skip|not|avoid|include) (?:[a-z]+ )?(?:sentiment|categor(?:y|ies))|' +
		'(?:only|look at|go back|from|within) (?:the )?(?:last|past) (?:\\d+ )?(?:days?|weeks?|months?|years?|quarter))\\b',
	'iu',
);
const constraintPhrase =
	/\b(?:must|never|always|avoid|do not|don't|don’t|should not|shouldn't|without|leave out|exclude|excluding|ignore|not allowed|no (?:speculation|advice|jargon|opinions?|predictions?|rumou?rs?|hype|marketing))\b/iu;

const toneLead = /^(?:tone|voice|style|sound|keep it|write|be|stay|remain)(?: should be| must be| is|:)? /i;

/** Words that may remain of a sentence that only states an audience or tone. */
const fillers = new Set(
	terms('need want prompt assistant answers answer please design create write written made help something'),
);

/** What a text already says about each question, in its own words. `analysis` is whatever no other question explains. */
export function recogniseAnswers(text: string): Answers {
	const found: Partial<Record<AnswerKey, string[]>> = {};
	const add = (key: AnswerKey, words: string) => {
		const known = found[key] ?? [];
		if (words.trim() !== '' && !known.includes(words.trim())) {
			found[key] = [...known, words.trim()];
		}
	};
	for (const sentence of sentences(text)) {
		const labelled = labelledAnswer(sentence);
		if (labelled) {
			add(labelled.key, labelled.words);
			continue;
		}
		const [who, audience] = audiencePhrase.exec(sentence) ?? [];
		const tone = tonePhrase.exec(sentence)?.[0];
		if (audience !== undefined) {
			add('audience', audience.replace(/^(?:the|an?) /i, '').replace(/[,\s]+$/, ''));
		}
		if (tone !== undefined) {
			add('tone', tone.replace(toneLead, ''));
		}
		// Both may contain commas, so they are masked while the sentence is split into clauses.
		const masked = sentence.replace(who ?? /$^/, () => '\u0001').replace(tone ?? /$^/, () => '\u0002');
		const unexplained: string[] = [];
		for (const part of masked.split(/,\s+(?:and |but )?|;\s*| but /)) {
			const clause = part.replace('\u0001', () => who ?? '').replace('\u0002', () => tone ?? '');
			const key = clauseKey(clause);
			if (toneOnly.test(clause.trim())) {
				add('tone', clause.trim().replace(/[.!]$/, ''));
			} else if (key !== undefined) {
				add(key, clause.replace(/[.;]$/, ''));
			} else if (terms(part).some((term) => !fillers.has(term))) {
				unexplained.push(clause);
			}
		}
		add('analysis', unexplained.join(', '));
	}
	return Object.fromEntries(
		Object.entries(found).map(([key, list]) => [
			key,
			key === 'analysis' ? list.map(asSentence).join(' ') : list.join('; '),
		]),
	);
}

function clauseKey(clause: string): AnswerKey | undefined {
	if (constraintPhrase.test(clause)) {
		return toolPhrase.test(clause) && /\b(?:tool|search|sentiment|days|weeks|months)/i.test(clause)
			? 'tools'
			: 'constraints';
	}
	return formatPhrase.test(clause) ? 'format' : toolPhrase.test(clause) ? 'tools' : undefined;
}

/** Reads a line such as `Audience: engineers` or `- **Tone** - formal`. */
export function labelledAnswer(line: string): { key: AnswerKey; words: string } | undefined {
	for (const key of answerKeys) {
		const match = new RegExp(
			`^(?:[-*•] *|\\d+[.)] *)?\\**(?:${labels[key]})\\**\\s*(?::\\**|=| [–-] )\\s*(.+)$`,
			'iu',
		).exec(line);
		if (match?.[1] !== undefined) {
			return { key, words: match[1].replace(/\.$/, '') };
		}
	}
	return undefined;
}
