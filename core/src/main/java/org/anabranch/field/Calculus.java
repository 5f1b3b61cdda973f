package org.anabranch.field;

/** How the integral against noise is meant. Both agree where the diffusion does not depend on y. */
public enum Calculus {
  ITO("Itô"),
  STRATONOVICH("Stratonovich");

  private final String title;

  Calculus(String title) {
    this.title = title;
  }

  /** The name as it is written. */
  public String title() {
    return title;
  }
}
