import type { ComponentChildren } from 'preact';

interface Children {
  children: ComponentChildren;
}

export function Heading1({ children }: Children) {
  return <h1 class="utrecht-heading-1">{children}</h1>;
}

export function Heading2({ children, id }: Children & { id?: string }) {
  return (
    <h2 class="utrecht-heading-2" id={id}>
      {children}
    </h2>
  );
}

export function Paragraph({ children, lead = false }: Children & { lead?: boolean }) {
  return <p class={lead ? 'utrecht-paragraph utrecht-paragraph--lead' : 'utrecht-paragraph'}>{children}</p>;
}

export function Link({ href, children }: Children & { href: string }) {
  return (
    <a class="utrecht-link utrecht-link--html-a" href={href}>
      {children}
    </a>
  );
}

export function List({ items }: { items: ComponentChildren[] }) {
  return (
    <ul class="utrecht-unordered-list">
      {items.map((item) => (
        <li class="utrecht-unordered-list__item">{item}</li>
      ))}
    </ul>
  );
}

export function Button({
  children,
  secondary = false,
  name,
  value,
}: Children & { secondary?: boolean; name?: string; value?: string }) {
  const look = secondary ? 'secondary-action' : 'primary-action';
  return (
    <button class={`utrecht-button utrecht-button--${look}`} type="submit" name={name} value={value}>
      {children}
    </button>
  );
}

interface AlertProps extends Children {
  kind: 'info' | 'ok' | 'error';
  title: string;
  /** Gets the focus when the page opens, because the page came back for this. */
  focus?: boolean;
}

/** A block that stands out: something to know, something done, or what went wrong. */
export function Alert({ kind, title, focus = false, children }: AlertProps) {
  return (
    <section
      class={`utrecht-alert utrecht-alert--${kind}`}
      aria-label={title}
      {...(focus && { tabIndex: -1, autofocus: true })}
    >
      <div class="utrecht-alert__content">
        <div class="utrecht-alert__message">
          <h2 class="utrecht-heading-3">{title}</h2>
          {children}
        </div>
      </div>
    </section>
  );
}
