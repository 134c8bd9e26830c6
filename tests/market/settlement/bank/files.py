"""Bank files for tests: camt.053 of both layouts, and CSV."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def entry(
    amount: str,
    *,
    reference: str = "",
    text: str = "",
    party: str = "",
    charges: str = "",
    out: bool = False,
    fee: bool = False,
    day: str = "2026-03-02",
    currency: str = "USD",
    status: str = "BOOK",
    version: str = "camt.053.001.02",
    parts: Sequence[tuple[str, str]] = (),
) -> str:
    """One Ntry element."""
    new = version.endswith("08")
    side = "Cdtr" if out else "Dbtr"
    name = f"<Pty><Nm>{party}</Nm></Pty>" if new else f"<Nm>{party}</Nm>"
    kept = f'<Chrgs><Rcrd><Amt Ccy="{currency}">{charges}</Amt></Rcrd></Chrgs>' if charges else ""
    family = (
        "<BkTxCd><Domn><Cd>ACMT</Cd><Fmly><Cd>MDOP</Cd><SubFmlyCd>CHRG</SubFmlyCd></Fmly></Domn></BkTxCd>"
        if fee
        else ""
    )
    details = [
        f"<TxDtls><Refs><EndToEndId>{name_of}</EndToEndId></Refs>"
        f'<AmtDtls><TxAmt><Amt Ccy="{currency}">{part}</Amt></TxAmt></AmtDtls></TxDtls>'
        for name_of, part in parts
    ] or [
        (
            f"<TxDtls><Refs><EndToEndId>{reference or 'NOTPROVIDED'}</EndToEndId></Refs>{kept}"
            f"<RltdPties><{side}>{name}</{side}></RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>"
        )
    ]
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{"DBIT" if out else "CRDT"}</CdtDbtInd>'
        f"<Sts>{f'<Cd>{status}</Cd>' if new else status}</Sts><BookgDt><Dt>{day}</Dt></BookgDt>{family}"
        f"<NtryDtls>{''.join(details)}</NtryDtls></Ntry>"
    )


def camt(
    entries: Sequence[str],
    *,
    opening: str = "1000.00",
    closing: str = "",
    number: str = "S-1",
    currency: str = "USD",
    version: str = "camt.053.001.02",
) -> bytes:
    """A file with one statement; without ``closing`` it adds up."""
    total = Decimal(opening)
    for one in entries:
        amount = Decimal(one.partition('">')[2].partition("<")[0])
        total += -amount if "DBIT" in one else amount
    balances = "".join(
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{abs(Decimal(value))}</Amt>'
        f"<CdtDbtInd>{'DBIT' if Decimal(value) < 0 else 'CRDT'}</CdtDbtInd></Bal>"
        for kind, value in (("OPBD", opening), ("CLBD", closing or str(total)))
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:{version}">'
        f"<BkToCstmrStmt><Stmt><Id>{number}</Id><Acct><Id><Othr><Id>CN00TEST0001</Id></Othr></Id></Acct>"
        f"{balances}{''.join(entries)}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def table(rows: Sequence[tuple[str, str, str]], *, currency: str = "USD", number: str = "S-1") -> bytes:
    """A CSV statement of (amount, reference, text) from a balance of nothing."""
    lines, balance = ["account,statement,date,amount,currency,balance,reference,text"], Decimal(0)
    for amount, reference, text in rows:
        balance += Decimal(amount)
        lines.append(f"A1,{number},2026-03-02,{amount},{currency},{balance},{reference},{text}")
    return ("\n".join(lines) + "\n").encode()
