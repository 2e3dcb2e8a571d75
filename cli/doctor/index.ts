export { diagnose, type Diagnosis } from './doctor';
export { diagnosisText } from './report';
