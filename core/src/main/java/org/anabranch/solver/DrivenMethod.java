package org.anabranch.solver;

import org.anabranch.field.Field;

/**
 * A method of stochastic equations made for one field, as an ordinary method of an ordinary field
 * whose context has the noise of a step: {@code method.step(field)}, and so on.
 *
 * @param method builds graphs of this field only; a {@link ReversibleMethod} where it is reversible
 * @param field the drift, with {@code dW} and what else is needed in its context
 * @param need what those inputs are
 */
public record DrivenMethod(Method method, Field field, BrownianNeed need) {}
