// Keeps a failure where it happened: one panel or one chart says what went wrong and can be tried again.

import { Component, type ReactNode } from 'react';
import classes from './ErrorBoundary.module.css';

interface Props {
  /** What stands here, for the message. */
  readonly name: string;
  readonly children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <div role="alert" className={classes.failure}>
        <p>
          <strong>The {this.props.name} could not be drawn.</strong> The farm goes on.
        </p>
        <p className={classes.reason}>{error.message}</p>
        <button type="button" className={classes.button} onClick={() => this.setState({ error: null })}>
          Try again
        </button>
      </div>
    );
  }
}
