/** Published libraries, in as many versions as tests ask for. */
package dev.atalaya.libraries;
