import type { ServiceForm } from '../../../domain/service-form.js';

/** What a person filled in for a service, and what the pre-check found. */
export function FormDetails({ details }: { readonly details: ServiceForm }) {
  return (
    <div className="form-details" data-testid="form-details">
      {details.answers.map(({ id, label, value }) => (
        <div key={id}>
          <dt>{label}</dt>
          <dd className="lines">{value}</dd>
        </div>
      ))}
      {details.findings.length > 0 && (
        <div>
          <dt>预审看到的</dt>
          <dd>
            <ul>
              {details.findings.map((finding) => (
                <li key={finding} className="lines">
                  {finding}
                </li>
              ))}
            </ul>
          </dd>
        </div>
      )}
      {details.papers.length > 0 && (
        <div>
          <dt>告诉当事人要带的</dt>
          <dd>{details.papers.join('、')}</dd>
        </div>
      )}
    </div>
  );
}
