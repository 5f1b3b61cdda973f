/**
 * Training: blocks of samples, pipelines, losses, optimisers, sums of gradients that do not depend
 * on their order, mini-batches, checkpoints.
 *
 * <p>May import: the rooms from {@code graph} to {@code gradient}.
 */
@NullMarked
package org.anabranch.train;

import org.jspecify.annotations.NullMarked;
