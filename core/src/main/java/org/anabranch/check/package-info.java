/**
 * Certifies a model as it is configured: its gradient by independent routes, each of its operations
 * by itself, and what methods cost for the error that they leave. Begin with {@code ModelCheck}.
 *
 * <p>May import: the rooms from {@code graph} to {@code train}.
 */
@NullMarked
package org.anabranch.check;

import org.jspecify.annotations.NullMarked;
