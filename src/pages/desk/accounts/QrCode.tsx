import { useEffect, useState } from 'react';

/** A text as a QR code, drawn in the page: the text goes nowhere. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const [modules, setModules] = useState<{ readonly size: number; readonly path: string } | null>(null);
  useEffect(() => {
    let wanted = true;
    void import('qrcode').then(({ create }) => {
      if (!wanted) return;
      const { modules: grid } = create(text, { errorCorrectionLevel: 'M' });
      let path = '';
      for (let row = 0; row < grid.size; row++) {
        for (let column = 0; column < grid.size; column++) {
          if (grid.get(row, column) === 1) path += `M${String(column + 4)} ${String(row + 4)}h1v1h-1z`;
        }
      }
      setModules({ size: grid.size + 8, path });
    });
    return () => {
      wanted = false;
    };
  }, [text]);
  if (modules === null) return <div className="qr-code" />;
  return (
    <svg
      className="qr-code"
      viewBox={`0 0 ${String(modules.size)} ${String(modules.size)}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={modules.path} />
    </svg>
  );
}
