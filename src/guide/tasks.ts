import type { Work } from './work.ts';

/** What the guide knows about the work of assistants and agents. The last one is used if none is mentioned. */
export const tasks: readonly Work[] = [
	{
		name: 'review',
		pattern:
			/\b(?:reviews?|reviewing|reviewer|critiqu\w+|audit\w*|assess\w*|judge|judging|grad(?:e|es|ing)|feedback|proofread\w*|check (?:my|our|the))\b/i,
		role: 'reviews what is submitted and says what should change first',
		relevant: 'faults that matter to the reader, each with its place, its consequence and a way to fix it',
		parts: [
			'**Verdict**: whether it can be accepted, in one sentence',
			'**Must change**: one entry per fault, the most serious first: place, what is wrong, why it matters, a concrete correction',
			'**Could be better**: at most five suggestions, clearly apart from the faults',
			'**Good**: what should stay as it is, if it is likely to be changed by mistake',
		],
		method: 'Read the whole submission before you judge a part of it. Look for faults first, then for style.',
		check: 'Does every fault name its place and a correction, and would the author agree that it is one?',
		testQuestion:
			'Please review this: function total(items) { let sum; for (const i of items) sum += i.price; return sum }',
	},
	{
		name: 'extraction',
		pattern:
			/\b(?:extract\w*|pars(?:e|es|ing)|structured data|fields?|json|entities|invoices?|receipts?|forms?)\b/i,
		role: 'turns text into structured data, exactly as it is written there',
		relevant: 'the values that the schema asks for, in the words of the text',
		parts: [
			'**Data**: one object in the form that the schema prescribes, nothing around it',
			'**Missing values**: `null`, never a guess and never an empty text',
		],
		method: 'Find each field in the text, copy its value, then convert it into the form that the schema wants (dates as YYYY-MM-DD, amounts as numbers).',
		check: 'Can every value be pointed at in the text, and does the result have exactly the fields of the schema?',
		testQuestion: 'Invoice 2026-114 of 3 November 2026, Miller Ltd, total 1,250.40 EUR, due in 30 days.',
	},
	{
		name: 'classification',
		pattern:
			/\b(?:classif\w+|categori[sz]\w+|label(?:s|ling|led)?|triag\w+|rout(?:e|es|ing)|sort(?:s|ing)? into|moderat\w+)\b/i,
		role: 'puts each item into exactly one class, by rules that a person could apply too',
		relevant: 'the features that tell the classes apart, and the cases on their borders',
		parts: [
			'**Class**: exactly one name from the list',
			'**Reason**: the words of the item that decided it, in at most one sentence',
		],
		method: 'Compare the item with the definition of each class. Where two fit, take the one whose definition is narrower.',
		check: 'Is the class one of the list, and would the reason lead a second person to the same class?',
		testQuestion: 'I was charged twice for my subscription this month, and your app crashes when I open the bill.',
	},
	{
		name: 'rewriting',
		pattern:
			/\b(?:rewrit\w+|translat\w+|shorten\w*|simplif\w+|polish\w*|edit(?:s|ing)?|rephras\w+|summar\w+|plain language|locali[sz]\w+)\b/i,
		role: 'rewrites texts without changing what they say',
		relevant: 'meaning, facts, names, numbers and the degree of certainty: all of them stay',
		parts: [
			'**Text**: the new version and nothing else',
			'**Notes**: only where something is ambiguous in the original: what it can mean, and which reading was taken',
		],
		method: 'Read the whole text first. Work paragraph by paragraph; keep lists, headings, links and code as they are.',
		check: 'Does the new text say everything that the old one says, and nothing more?',
		testQuestion:
			'Rewrite this: Due to the fact that the server was not in an operational state, customers were unable to effect payments.',
	},
	{
		name: 'writing',
		pattern:
			/\b(?:writ(?:e|es|ing)|drafts?|compos\w+|emails?|e-mails?|letters?|posts?|articles?|release notes|commit messages?|descriptions?|copy)\b/i,
		role: 'writes texts that are ready to be sent',
		relevant: 'what the reader needs to know or do, and what the writer wants to reach',
		parts: [
			'**Text**: complete and ready to use, with a subject or title where its form has one',
			'**To confirm**: facts that the request left open, at most three',
		],
		method: 'Find the one thing that the reader should take away, and begin with it. Use only facts from the request.',
		check: 'Could the text be sent as it is, and does it contain no fact that the request does not?',
		testQuestion: 'Write a short note to customers: the service is down tonight from 22:00 to 23:00 for an update.',
	},
	{
		name: 'explanation',
		pattern:
			/\b(?:explain\w*|explanations?|teach\w*|tutor\w*|coach\w*|learn\w*|students?|lessons?|homework|understand\w*|how .{1,40} works?)\b/i,
		role: 'helps people to understand something step by step',
		relevant: 'what the learner knows already, the one idea that comes next, and the usual misunderstanding of it',
		parts: [
			'**Answer**: the core in one or two sentences',
			'**How it works**: in small steps, each new term explained where it first appears',
			'**Example**: one that the learner can follow',
			'**Try it**: one short question that shows whether it was understood',
		],
		method: 'Find out what the learner knows before a long explanation. One idea at a time; ask before you go on.',
		check: 'Could the learner repeat the idea in their own words, and is no term used before it is explained?',
		testQuestion: 'Why does 0.1 + 0.2 not equal 0.3 in JavaScript?',
	},
	{
		name: 'planning',
		pattern: /\b(?:plan(?:s|ning|ner)?|schedul\w+|roadmaps?|break down|steps|priorit\w+|itinerar\w+|project)\b/i,
		role: 'turns a goal into steps that can be begun today',
		relevant: 'the goal, what limits it, what depends on what, and what can go wrong',
		parts: [
			'**Goal**: in one sentence, with how one sees that it is reached',
			'**Steps**: a table with the columns Step, Result, Effort, Depends on',
			'**Risks**: at most three, each with what to do about it',
			'**First step**: what to do today',
		],
		method: 'Work backwards from the goal. A step is small enough if one person can finish it and see that it is finished.',
		check: 'Does every step have a result that can be seen, and is nothing needed before it is there?',
		testQuestion: 'We want to move our blog to a new host within three weeks. Two people, ten hours a week each.',
	},
	{
		name: 'code',
		pattern:
			/\b(?:cod(?:e|es|ing)|program\w*|functions?|scripts?|sql|quer(?:y|ies)|refactor\w*|debug\w*|tests? for|api)\b/i,
		role: 'writes code that runs as it is and that its readers can maintain',
		relevant:
			'language and versions, inputs and outputs, errors and edge cases, the conventions of the code around it',
		parts: [
			'**Code**: one block, complete, with what it needs to run',
			'**Why**: the decisions that are not obvious, at most three bullets',
			'**Limits**: what it does not handle',
		],
		method: 'Settle inputs, outputs and edge cases first. Use what the language and its standard library offer before anything else.',
		check: 'Would it run without a change, and are empty, wrong and very large inputs handled or named?',
		testQuestion: 'Write a function that groups a list of orders by month and sums their totals.',
	},
	{
		name: 'support',
		pattern:
			/\b(?:support|customers?|help ?desk|service|tickets?|orders?|refunds?|complain\w*|accounts?|bookings?|answers? (?:questions?|emails?))\b/i,
		role: 'helps people who have a question or a problem, and settles it where it may',
		relevant: 'what the person wants to reach, what has happened so far, and what the rules allow',
		parts: [
			'**Answer**: what the person needs, in the first sentence',
			'**What happens next**: who does what, and by when if that is known',
			'**One question**: only if the request cannot be settled without it',
		],
		method: 'Understand what the person wants to reach before you explain a rule. Ask for one thing at a time.',
		check: 'Does the person know what happens next, and was nothing promised that the rules do not allow?',
		testQuestion: 'My parcel should have been here on Monday. Where is it, and can I get my money back?',
	},
	{
		name: 'questions and answers',
		pattern: /\b(?:questions?|answers?|faq|advis\w+)\b/i,
		role: 'answers questions about its subject correctly and briefly',
		relevant: 'what was asked, what is known for certain, and what the person will do with the answer',
		parts: [
			'**Answer**: in one or two sentences',
			'**Why**: the facts that it rests on, only as many as needed',
			'**Unsure**: what is not known or depends on something, if anything does',
		],
		method: 'Answer the question that was asked. If it can be read in two ways, answer the likelier one and name it.',
		check: 'Does the first sentence answer the question, and is everything uncertain called so?',
		testQuestion: 'What is the first thing I should know about this, and what do people usually get wrong?',
	},
];
