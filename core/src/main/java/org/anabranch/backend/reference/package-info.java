/**
 * The oracle: every operation in float64 with plain loops, written to be read and to be right. The
 * other back ends are tested against it.
 *
 * <p>May import: {@code graph} and {@code backend}; no other back end.
 */
@NullMarked
package org.anabranch.backend.reference;

import org.jspecify.annotations.NullMarked;
