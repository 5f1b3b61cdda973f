/**
 * Generative adversarial networks of neural stochastic differential equations: begin with {@link
 * org.anabranch.model.gan.SdeGan}.
 *
 * <p>May import: the rooms from {@code graph} to {@code train}, and {@code model.paths}.
 */
@NullMarked
package org.anabranch.model.gan;

import org.jspecify.annotations.NullMarked;
