import { EXAMPLE_TOPICS } from './examples.js';
import { NextIcon } from './icons.js';

/** Where there is no conversation yet: what to do, and questions to begin with. */
export function StartScreen({ onAsk }: { readonly onAsk: (text: string) => void }) {
  return (
    <main className="chat-body">
      <div className="column start">
        <div className="start-hello">
          <h2>您好，遇到什么事了？</h2>
          <p>像平时说话一样，写在最下面就行。</p>
          <p className="start-privacy">不用写姓名、身份证号。每条答复都写明是哪部法、哪一条。</p>
          <p className="start-privacy" data-testid="consent">
            您说的话会存下来，用来答复您、转给办理的人，只有办理的人能看。想看、想改、想删，随时发“我的信息”。不愿意，就不要往下写；写了，就当您同意。
          </p>
        </div>
        <p className="start-lead">也可以点一个别人常问的：</p>
        <div className="start-topics">
          {EXAMPLE_TOPICS.map((topic) => (
            <section key={topic.name} className="start-topic">
              <h3>{topic.name}</h3>
              <ul>
                {topic.questions.map((question) => (
                  <li key={question}>
                    <button
                      type="button"
                      className="start-example"
                      data-testid="example"
                      onClick={() => {
                        onAsk(question);
                      }}
                    >
                      <span>{question}</span>
                      <NextIcon />
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
        <p className="start-pickup">
          有取件码？<a href="/t">看律师的答复</a>
        </p>
      </div>
    </main>
  );
}
