/**
 * Latent stochastic differential equations: variational autoencoders of paths, whose hidden part is
 * the solution of one. Begin with {@link org.anabranch.model.latent.LatentSde}.
 *
 * <p>May import: the rooms from {@code graph} to {@code train}, and {@code model.paths}.
 */
@NullMarked
package org.anabranch.model.latent;

import org.jspecify.annotations.NullMarked;
