/** Boots the controller beside a real broker and speaks to it as agents do. */
@NullMarked
package io.cleave.controller;

import org.jspecify.annotations.NullMarked;
