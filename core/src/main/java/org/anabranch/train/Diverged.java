package org.anabranch.train;

/** Training cannot go on: what it computes is no number any more. The message names the remedy. */
public final class Diverged extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long round;

  public Diverged(long round, String message) {
    super(message);
    this.round = round;
  }

  /** The round that could not be finished. */
  public long round() {
    return round;
  }
}
