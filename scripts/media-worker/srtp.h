/**
 * Offers the part of libsrtp 3's interface that the worker uses on top of Debian's libsrtp 2. What differs between them:
 * 3 takes a policy as an object and writes into a buffer of the caller's, 2 takes a struct and works in place.
 */
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <srtp2/srtp.h>

/** Names of 3 that 2 never answers with; beyond its own codes, so that none means two things. */
inline constexpr auto srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(1001);
inline constexpr auto srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(1002);

namespace srtp_on_2
{
	/** What srtp_create() of 2 needs; it copies all of it, the key too. */
	struct Policy
	{
		::srtp_policy_t fields{};
		unsigned char keyAndSalt[SRTP_MAX_KEY_LEN]{};
	};

	/** What both directions have in common: 2 works in place, and counts in int. */
	using InPlace = srtp_err_status_t (*)(srtp_t, void*, int*);

	inline srtp_err_status_t apply(
	  InPlace work, srtp_t session, const uint8_t* in, size_t inLen, uint8_t* out, size_t* outLen, size_t growth)
	{
		if (inLen + growth > *outLen)
		{
			return srtp_err_status_buffer_small;
		}

		if (out != in)
		{
			std::memcpy(out, in, inLen);
		}

		int len       = static_cast<int>(inLen);
		const auto err = work(session, out, &len);

		if (err == srtp_err_status_ok)
		{
			*outLen = static_cast<size_t>(len);
		}

		return err;
	}

	inline srtp_err_status_t create_policy(Policy** policy)
	{
		*policy = new (std::nothrow) Policy;

		return *policy == nullptr ? srtp_err_status_alloc_fail : srtp_err_status_ok;
	}

	inline void destroy_policy(Policy* policy)
	{
		if (policy != nullptr)
		{
			// The key is not left in freed memory; through a volatile pointer, so that it is not optimised away.
			volatile unsigned char* key = policy->keyAndSalt;

			for (size_t i = 0; i < sizeof(policy->keyAndSalt); ++i)
			{
				key[i] = 0;
			}
		}

		delete policy;
	}

	inline srtp_err_status_t set_profile(Policy* policy, srtp_profile_t profile)
	{
		const auto err = ::srtp_crypto_policy_set_from_profile_for_rtp(&policy->fields.rtp, profile);

		if (err != srtp_err_status_ok)
		{
			return err;
		}

		return ::srtp_crypto_policy_set_from_profile_for_rtcp(&policy->fields.rtcp, profile);
	}

	inline srtp_err_status_t add_key(
	  Policy* policy,
	  const uint8_t* key,
	  size_t keyLen,
	  const uint8_t* salt,
	  size_t saltLen,
	  const uint8_t* /*mki*/,
	  size_t mkiLen)
	{
		if (mkiLen != 0 || keyLen + saltLen > sizeof(policy->keyAndSalt))
		{
			return srtp_err_status_bad_param;
		}

		std::memcpy(policy->keyAndSalt, key, keyLen);
		std::memcpy(policy->keyAndSalt + keyLen, salt, saltLen);
		policy->fields.key = policy->keyAndSalt;

		return srtp_err_status_ok;
	}
} // namespace srtp_on_2

// The worker's own word for a policy is a pointer, as in 3.
#define srtp_policy_t srtp_on_2::Policy*

inline srtp_err_status_t srtp_policy_create(srtp_on_2::Policy** policy)
{
	return srtp_on_2::create_policy(policy);
}

inline void srtp_policy_destroy(srtp_on_2::Policy* policy)
{
	srtp_on_2::destroy_policy(policy);
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_on_2::Policy* policy, srtp_ssrc_t ssrc)
{
	policy->fields.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_on_2::Policy* policy, srtp_profile_t profile)
{
	return srtp_on_2::set_profile(policy, profile);
}

inline srtp_err_status_t srtp_policy_add_key(
  srtp_on_2::Policy* policy,
  const uint8_t* key,
  size_t keyLen,
  const uint8_t* salt,
  size_t saltLen,
  const uint8_t* mki,
  size_t mkiLen)
{
	return srtp_on_2::add_key(policy, key, keyLen, salt, saltLen, mki, mkiLen);
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_on_2::Policy* policy, bool allow)
{
	policy->fields.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_on_2::Policy* policy, size_t size)
{
	policy->fields.window_size = size;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_on_2::Policy* policy)
{
	return ::srtp_create(session, &policy->fields);
}

/** The SSRC in network order, in both. */
inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return ::srtp_remove_stream(session, ssrc);
}

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t rtpLen, uint8_t* srtp, size_t* srtpLen, size_t /*mkiIndex*/)
{
	return srtp_on_2::apply(::srtp_protect, session, rtp, rtpLen, srtp, srtpLen, SRTP_MAX_TRAILER_LEN);
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t srtpLen, uint8_t* rtp, size_t* rtpLen)
{
	return srtp_on_2::apply(::srtp_unprotect, session, srtp, srtpLen, rtp, rtpLen, 0);
}

/** SRTCP carries its index besides the trailer: four octets (RFC 3711 section 3.4). */
inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t rtcpLen, uint8_t* srtcp, size_t* srtcpLen, size_t /*mkiIndex*/)
{
	return srtp_on_2::apply(::srtp_protect_rtcp, session, rtcp, rtcpLen, srtcp, srtcpLen, SRTP_MAX_TRAILER_LEN + 4);
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t srtcpLen, uint8_t* rtcp, size_t* rtcpLen)
{
	return srtp_on_2::apply(::srtp_unprotect_rtcp, session, srtcp, srtcpLen, rtcp, rtcpLen, 0);
}
