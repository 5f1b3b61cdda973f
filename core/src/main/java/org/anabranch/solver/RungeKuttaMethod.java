package org.anabranch.solver;

/**
 * A method of weighted slopes: y' = y + h Σ bᵢ f(tᵢ, Yᵢ), and what its state holds beside y is a
 * function of t and y. So a component that nothing reads is a quadrature over the stages, and steps
 * may start anywhere.
 */
public interface RungeKuttaMethod extends Method {}
