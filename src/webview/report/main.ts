import '../shared/styles.ts';
import '../shared/turnView.ts';
import '../shared/rowList.ts';
import { useDisplayLanguage } from '../shared/displayLanguage.ts';
import { ignoreComposition } from '../shared/inputMethod.ts';
import { connectToHost } from '../shared/vscodeApi.ts';
import { ReportApp } from './app.ts';
import '../shared/frame.css';
import '../shared/rowList.css';
import '../shared/cases.css';
import '../shared/chart.css';
import './report.css';

useDisplayLanguage();
ignoreComposition();
const root = document.getElementById('root');
if (root) {
	void new ReportApp(connectToHost(), root).refresh();
}
