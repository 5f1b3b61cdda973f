/**
 * What the build enforces: {@link org.anabranch.lint.Layering} is the order of the packages, {@link
 * org.anabranch.lint.HouseRules} the rest; the {@code LayeringTest} of each module applies them. No
 * other code knows this room.
 */
@NullMarked
package org.anabranch.lint;

import org.jspecify.annotations.NullMarked;
