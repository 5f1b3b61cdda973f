/**
 * How one judges a generator of paths: distances between the laws of real and drawn paths, and what
 * networks learn from them. Begin with {@link org.anabranch.model.paths.evaluation.PathEvaluation};
 * {@code docs/evaluation.md} says what each score means.
 *
 * <p>May import: {@code model.paths} and the rooms from {@code graph} to {@code train}.
 */
@NullMarked
package org.anabranch.model.paths.evaluation;

import org.jspecify.annotations.NullMarked;
