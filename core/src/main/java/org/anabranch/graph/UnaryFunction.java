package org.anabranch.graph;

/** Element-wise functions of one value. Backends and derivatives switch over them exhaustively. */
public enum UnaryFunction {
  NEGATE,
  ABSOLUTE,
  SQRT,
  /** 1/x. */
  RECIPROCAL,
  SQUARE,
  EXP,
  LOG,
  TANH,
  /** 1/(1+exp(-x)). */
  SIGMOID,
  /** log(1+exp(x)). */
  SOFTPLUS,
  /** The positive part, max(x, 0). */
  RELU,
  /** 1 where x is above 0, else 0. Its derivative is zero. */
  STEP,
  /** Of an angle in radians. */
  SIN,
  /** Of an angle in radians. */
  COS,
  /** exp(x) − 1, without the cancellation near 0. */
  EXPM1,
  /** The error function, 2/√π ∫₀ˣ exp(−t²) dt. */
  ERF
}
