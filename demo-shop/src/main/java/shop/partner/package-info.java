/** The partner that ships, trusts and takes payments, and the client that asks it. */
package shop.partner;
