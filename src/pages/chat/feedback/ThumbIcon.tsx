/** A thumb, up or down. */
export function ThumbIcon({ down }: { readonly down: boolean }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={down ? 'thumb thumb-down' : 'thumb'}
    >
      <path d="M7 11v9H4.500a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1H7Zm0 0 3.600-7.500A2 2 0 0 1 14 5v4.500h4.600a2 2 0 0 1 2 2.300l-1.100 6.500a2 2 0 0 1-2 1.700H7" />
    </svg>
  );
}
