import { useEffect, useState } from 'react';

/** Everything that is kept of a person, to be read and taken along as a file. */
export function MyData({ text }: { readonly text: string }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    // programs that open text files need the mark to know the encoding
    const made = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/plain;charset=utf-8' }));
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
    };
  }, [text]);
  return (
    <div className="pickup-replies" data-testid="pickup-mine">
      <a className="button button-primary" href={address} download="我的信息.txt">
        下载我的信息
      </a>
      <pre className="lines pickup-mine">{text}</pre>
      <p className="pickup-hint">用公用电脑的，看完请关掉这一页，把下载的文件删掉。</p>
    </div>
  );
}
