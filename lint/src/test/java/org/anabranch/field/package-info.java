/** A described package, of classes that break rules for {@link org.anabranch.lint}. */
@NullMarked
package org.anabranch.field;

import org.jspecify.annotations.NullMarked;
