package org.anabranch.field;

/** How a field's diffusion meets the Brownian motion, as its author declares it. */
public enum Noise {
  /** The diffusion does not depend on y: a vector, met component by component, or a matrix. */
  ADDITIVE,
  /** One Brownian motion for all components: the diffusion is a vector. */
  SCALAR,
  /** One Brownian motion for each component: the diffusion is a vector. */
  DIAGONAL,
  /**
   * A matrix whose columns σⱼ commute, (∂σⱼ/∂y) σₖ = (∂σₖ/∂y) σⱼ: a promise, which is not checked.
   */
  COMMUTATIVE,
  /** Any matrix, a column for each Brownian motion. */
  GENERAL
}
