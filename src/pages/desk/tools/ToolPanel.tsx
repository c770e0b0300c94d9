import type { ReactNode } from 'react';
import { CalculatorTool } from './CalculatorTool.js';
import { CannedTool } from './CannedTool.js';
import { DraftTool } from './DraftTool.js';
import { FilesTool } from './FilesTool.js';
import { NotesTool } from './NotesTool.js';
import { ProvisionTool } from './ProvisionTool.js';
import type { Tool, ToolProps } from './tool.js';

const PARTS: Readonly<Record<Tool, (props: ToolProps) => ReactNode>> = {
  provisions: ProvisionTool,
  draft: DraftTool,
  canned: CannedTool,
  calculator: CalculatorTool,
  files: FilesTool,
  notes: NotesTool,
};

/** One of the tools. */
export function ToolPanel({ tool, ...props }: ToolProps & { readonly tool: Tool }) {
  const Part = PARTS[tool];
  return <Part {...props} />;
}
